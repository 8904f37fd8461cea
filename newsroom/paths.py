"""Where this project lies, and where it writes."""

from pathlib import Path

from newsroom import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.env_str("VAR_DIR", str(BASE_DIR / "var")))
