"""State behind the views: what is asked, what is indexed, what is shown. No widgets."""
