"""What the page shows, as plain data: the list, the reader, the filters, what was not plotted, the About box.

Pure functions from frames and records to JSON-ready dictionaries. The page hands them to its components; nothing here
knows Streamlit, and nothing in the page knows pandas.
"""
