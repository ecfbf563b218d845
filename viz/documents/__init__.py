"""Files that an office opens: workbooks, and drafts with comments."""
