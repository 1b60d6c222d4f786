"""The Vietnamese language: its letters, number words, formats, order and keyboard. Pure tables and functions."""
