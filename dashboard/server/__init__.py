"""The server beside Streamlit: routes of its own, and what the browser is told early."""
