"""All files together: which documents and bodies their facts mean."""
