"""``marketing seo``: keywords by intent, what the knowledge base answers, a title and a description for each."""
