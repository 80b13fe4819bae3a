"""How a figure stands on a page.

Owns: the order of chart, sentence and table. Refuses: what is drawn (``charts`` and a file for each view).
"""

from __future__ import annotations

import streamlit as st

from assistant.markdown import plain_text
from assistant.ui.charts import Figure, ink, with_readable_labels


def show_figure(figure: Figure) -> None:
    """A chart, what it shows in a sentence, and its data behind."""
    if figure.chart is not None:
        chart = with_readable_labels(figure.chart, ink(is_dark=st.context.theme.type == "dark"))
        st.altair_chart(chart, width="stretch", alt=figure.caption)
    st.caption(plain_text(figure.caption))
    if figure.rows:
        with st.expander("The data as a table", icon=":material/table:"):
            st.dataframe(list(figure.rows), hide_index=True, alt=figure.caption)
