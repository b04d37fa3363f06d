"""Which pad this is: the name under which its drawing is found again.

The cell's id, where the front end tells it, and the notebook's path, where the server tells it, or else the folder:
copies of a notebook share their cells' ids. It refuses to invent a name: a pad made outside a cell has none and is not
saved.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython import get_ipython

_made: dict[str, tuple[str, int]] = {}


def cell_name(shell: Any = None) -> str | None:
    """Return a name for the pad that this cell run is making, or None outside a cell.

    The second pad of the same run gets another name than the first, and the same one when the cell runs again.

    Args:
        shell: The IPython shell; the running one when not given.
    """
    shell = shell or get_ipython()
    parent = _parent(shell)
    cell = parent.get("metadata", {}).get("cellId")
    run = parent.get("header", {}).get("msg_id", "")
    if not cell:
        return None
    told = [shell.user_ns[key] for key in ("__vsc_ipynb_file__", "__session__") if shell.user_ns.get(key)]
    return numbered(f"{told[0] if told else Path.cwd()}#{cell}", str(run))


def numbered(name: str, run: str) -> str:
    """Return `name` for the first pad of a cell run, `name-2` for the second, and so on."""
    last, count = _made.get(name, ("", 0))
    count = count + 1 if last == run else 1
    _made[name] = (run, count)
    return name if count == 1 else f"{name}-{count}"


def _parent(shell: Any) -> Mapping[str, Any]:
    """Return the message that asked for what runs now; an empty one outside a kernel."""
    try:
        parent: Mapping[str, Any] = shell.get_parent()
    except AttributeError:
        return {}
    return parent or {}
