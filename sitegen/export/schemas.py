"""JSON Schemas of the data twins, made from their shapes: `data/schema/NAME-1.json`."""

import msgspec

from sitegen.export import across_shapes, shapes
from sitegen.export.manifest import Manifest

_TWINS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("agreement", shapes.AgreementTwin),
    ("party", shapes.NameTwin),
    ("signer", shapes.NameTwin),
    ("issuer", shapes.IssuerPageTwin),
    ("compare", across_shapes.CompareTwin),
    ("authority", across_shapes.AuthorityTwin),
    ("bridges", across_shapes.BridgesTwin),
    ("differences", across_shapes.DifferencesTwin),
    ("roster", across_shapes.RosterTwin),
    ("index", shapes.IndexTwin),
    ("agreements", shapes.AgreementsTwin),
    ("home", shapes.HomeTwin),
    ("review", shapes.ReviewTwin),
    ("article", shapes.ArticleTwin),
    ("withdrawn", shapes.WithdrawnTwin),
    ("data", shapes.DataTwin),
    ("manifest", Manifest),
)

SCHEMA_FILES = {f"sitegen/{name}/1": f"{name}-1.json" for name, _ in _TWINS}
"""File name below `data/schema/`, by the value of the twins' `schema`."""


def schema_files() -> dict[str, bytes]:
    """Return the schemas by path. Every field of a twin is always there, so all are required."""
    return {f"data/schema/{name}-1.json": _schema(f"sitegen/{name}/1", shape) for name, shape in _TWINS}


def _schema(name: str, shape: type[msgspec.Struct]) -> bytes:
    schema = msgspec.json.schema(shape)
    for definition in schema["$defs"].values():
        if "properties" in definition:
            definition["required"] = sorted(definition["properties"])
            definition["additionalProperties"] = False
    schema["$defs"][shape.__name__]["properties"]["schema"] = {"const": name}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
