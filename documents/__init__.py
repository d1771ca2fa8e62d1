"""Reading files into text with positions; writing Word, Excel and Markdown."""
