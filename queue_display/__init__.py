"""What the hall sees and hears: boards, announcements, counter signs."""
