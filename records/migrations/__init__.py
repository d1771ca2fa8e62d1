"""The steps that bring an older database forward. A step is never edited, only added."""
