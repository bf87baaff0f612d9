"""`policy-assistant serve`: the page."""

from __future__ import annotations

import argparse

from assistant.commands.base import DONE, Context


class ServeCommand:
    """Serves the page until it is interrupted."""

    name = "serve"
    help = "打开网页 / serve the page"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", help="监听地址 / address to listen on")
        parser.add_argument("--port", type=int, help="端口 / port")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Prepare the home folder, then serve."""
        # Imported here: gradio takes seconds, and no other command needs it.
        from assistant.claim_check import ClaimChecker
        from ui.app import serve

        assistant = context.assistant()
        serve(
            assistant,
            assistant,
            ClaimChecker(assistant.retriever),
            host=arguments.host or context.settings.host,
            # Port 0 is any free one.
            port=context.settings.port if arguments.port is None else arguments.port,
            language=context.language,
            on_ready=lambda address: context.notice(
                context.text(
                    f"网页已就绪，请用浏览器打开 {address} （按 Ctrl-C 停止）",
                    f"The page is ready: open {address} in a browser (Ctrl-C stops it)",
                )
            ),
        )
        return DONE
