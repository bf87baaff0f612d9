"""The page's look: Gradio's base theme with local fonts and calm colours, light only."""

from __future__ import annotations

import gradio as gr
from gradio.themes.utils import colors, sizes

_SANS = (
    "system-ui",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
_MONO = ("ui-monospace", "Consolas", "monospace")

_PINE = colors.Color(
    name="pine",
    c50="#eef5f4",
    c100="#d9e9e7",
    c200="#b5d3cf",
    c300="#86b5b0",
    c400="#4f8f8a",
    c500="#2a716c",
    c600="#1d5c58",
    c700="#174a47",
    c800="#133c3a",
    c900="#0f302e",
    c950="#0a2120",
)


def page_theme() -> gr.themes.Base:
    """The theme. Only fonts that are on the reader's machine: nothing is fetched."""
    theme = gr.themes.Base(
        primary_hue=_PINE,
        secondary_hue=_PINE,
        neutral_hue=colors.stone,
        text_size=sizes.text_md,
        radius_size=sizes.radius_md,
        font=[gr.themes.Font(name) for name in _SANS],
        font_mono=[gr.themes.Font(name) for name in _MONO],
    ).set(
        body_background_fill="#f5f4f0",
        body_text_color="#22292b",
        background_fill_primary="#ffffff",
        block_background_fill="transparent",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="#ffffff",
        input_border_color="#8a9392",
        input_border_color_focus="#1d5c58",
        input_placeholder_color="#626b6b",
        button_primary_background_fill="#1d5c58",
        button_primary_background_fill_hover="#174a47",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_hover="#e8e6df",
        button_secondary_text_color="#22292b",
    )
    for name in list(vars(theme)):
        # A reader whose system is dark gets the same page: every colour pair was checked once.
        if name.endswith("_dark") and hasattr(theme, name.removesuffix("_dark")):
            setattr(theme, name, getattr(theme, name.removesuffix("_dark")))
    return theme
