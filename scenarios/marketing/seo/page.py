"""The page's part of search: each group's title and description with its keywords."""

import streamlit as st

from workbench.run import Version
from workbench.texts import Lang, text

from .measures import limit
from .models import Seo


def pages(lang: Lang, version: Version) -> None:
    """A row for each group; the keywords below."""
    made = Seo.model_validate(version.deliverable)
    words = {name: text(f"scenarios.marketing:seo.column.{name}", lang) for name in _COLUMNS}
    rows = [
        {
            words["intent"]: text(f"scenarios.marketing:seo.intent.{group.intent}", lang),
            words["title"]: group.title,
            words["title_length"]: f"{group.title_length}/{limit('title', made.engine)}",
            words["description"]: group.description,
            words["description_length"]: f"{group.description_length}/{limit('description', made.engine)}",
        }
        for group in made.groups
    ]
    st.dataframe(rows, hide_index=True)
    keywords = [
        {
            words["keyword"]: word.text,
            words["intent"]: text(f"scenarios.marketing:seo.intent.{group.intent}", lang),
            words["source"]: word.source or text("scenarios.marketing:seo.no_answer", lang),
        }
        for group in made.groups
        for word in group.keywords
    ]
    st.dataframe(keywords, hide_index=True)


_COLUMNS = ("intent", "title", "title_length", "description", "description_length", "keyword", "source")
