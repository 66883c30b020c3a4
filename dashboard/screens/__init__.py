"""The pages, a file each; `contents` lists them. A folder named pages would be taken by Streamlit for its own."""
