"""Vietnamese text: its letters, numbers in words, dates and money as officially written."""
