"""The Streamlit pages, one file each. The only importer of streamlit beside ``app.py``.

Owns: layout, one service call and one error line per action. Refuses: anything that could be a pure function.
"""
