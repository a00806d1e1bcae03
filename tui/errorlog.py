"""The log of what nobody foresaw: details for a report, one line for the reader."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path

_MOST_BYTES = 1_000_000


def record(log: Path, error: BaseException) -> Path:
    """Append an error with its traceback; returns the file that holds it."""
    text = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            log, maxBytes=_MOST_BYTES, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.handle(
            logging.LogRecord("postilla", logging.ERROR, "", 0, text, None, None)
        )
        handler.close()
    except OSError:
        # A log that cannot be written must not hide what it was about.
        return Path("(no log could be written)")
    return log
