"""Readers of documents with a layout: pages, PDF, DOCX, e-mail."""
