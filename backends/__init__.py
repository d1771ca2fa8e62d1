"""Chat models behind LangChain's BaseChatModel: one file a kind, and what they share."""
