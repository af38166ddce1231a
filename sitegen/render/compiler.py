"""Templates → Python that takes less time than what Jinja2 makes of them, for the same text.

Most of the thousands of values on a page are plain text or numbers, asked of values that have the attribute, and
shown by macros of the theme. So an attribute is read as Python reads it, a text is escaped without being wrapped as
markup for the moment until it is joined, and a macro is called by its function. Where that is not so (a name that is
not defined, a key of a dictionary written as an attribute) the code raises; `render.theme` then has Jinja2's own code
make the page.
"""

import hashlib
from keyword import iskeyword
from pathlib import Path
from typing import Any, TypeGuard

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import escape

try:
    # What `escape` itself calls; without its wrapping, which costs ten times as much.
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:
    escape_text = escape

__all__ = ["VERSION", "FastCode", "escape_text", "invoke", "written"]

VERSION = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:10]
"""Another for each state of this file: compiled templates that are kept are of one version."""


def written(value: Any) -> str:
    """Return what stands on the page for a value that is no plain text."""
    return str(value) if type(value) in (int, float) else escape(value)


def invoke(context: Context, callee: Any, *given: Any) -> str:
    """Return what a call writes: of a macro that takes just these values, by its function."""
    if (
        type(callee) is Macro
        and callee._argument_count == len(given)  # noqa: SLF001 -- as Macro.__call__ does
        and not (callee.caller or callee.catch_kwargs or callee.catch_varargs)
    ):
        return str(callee._func(*given))  # noqa: SLF001 -- the same
    return written(context.call(callee, *given))


class FastCode(CodeGenerator):
    """Writes the code of a template."""

    _shown: nodes.Call | None = None
    """The call whose outcome is being written to the page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 -- Jinja2's name
        """Write a module; in its first line, so that all others keep their numbers, what its code calls."""
        self.write(f"from {__name__} import escape_text, invoke, written; ")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 -- Jinja2's name
        """Read an attribute as Python does."""
        if iskeyword(node.attr) or node.attr.startswith("_") or _is_self(node.node):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 -- Jinja2's form
        """Call; what is written to the page need not be wrapped as markup before."""
        if node is not self._shown:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._shown = None
        self.write("invoke(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 -- Jinja2's name
        """Collect what a loop writes, where its pieces would be passed through all generators of the page."""
        if frame.buffer is not None or any(node.find_all((nodes.Include, nodes.Block))):
            super().visit_For(node, frame)
            return
        self.buffer(frame)
        super().visit_For(node, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not _is_escaped(frame):
            super()._output_child_pre(node, frame, finalize)
        elif _is_plain(node):
            self._shown = node
        else:
            self.write("(escape_text(_value) if type(_value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not _is_escaped(frame):
            super()._output_child_post(node, frame, finalize)
        elif not _is_plain(node):
            self.write(") is str else written(_value))")


def _is_escaped(frame: Frame) -> bool:
    """Tell whether it is certain that values are escaped here."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)


def _is_plain(node: nodes.Expr) -> TypeGuard[nodes.Call]:
    """Tell whether an expression calls something with values in their order."""
    return isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _is_self(node: nodes.Expr) -> bool:
    """Tell whether it is the template's reference to its blocks, which are its keys."""
    return isinstance(node, nodes.Name) and node.name == "self"
