"""What binds wagtail-localize to moderation: translations that say what they are."""
