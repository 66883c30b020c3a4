"""The server: Streamlit's page with routes of its own beside it."""
