#!/usr/bin/python3
# Turns the contract and the pages of its reference into C++, so that the binary carries them.
"""
Use: embed.py document OPENAPI.yaml HEADER.hpp
     embed.py assets REFERENCE_FOLDER SWAGGER_FOLDER OUTPUT_FOLDER

`document` writes the contract as JSON into a header. `assets` writes OUTPUT_FOLDER/assets.cpp with
the files of the reference, compressed, and the pages with the addresses of those files filled in.
A file's address holds a digest of its content, so it may be cached for ever.
"""
import gzip
import hashlib
import json
import pathlib
import re
import sys

import yaml

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
OURS = ("color-scheme.js", "reference.css", "reference.js")
SWAGGER = ("swagger-ui.css", "swagger-ui-bundle.js")
SOURCE_MAP = re.compile(rb"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ ?\*/)\s*$")
DELIMITER = "frontdesk"


class Document(yaml.SafeLoader):
    """YAML as OpenAPI means it: dates stay text."""


Document.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def literal(text):
    """A C++ string literal of any length."""
    assert f"){DELIMITER}\"" not in text
    return f'R"{DELIMITER}({text}){DELIMITER}"'


def write_if_different(file, text):
    if not file.exists() or file.read_text() != text:
        file.write_text(text)


def write_document(source, header):
    document = yaml.load(source.read_text(), Document)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text(f"""// Generated from api/openapi.yaml.
#pragma once
#include <string_view>

namespace frontdesk::api {{
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Woverlength-strings"
/// The contract, as /openapi.json serves it.
inline constexpr std::string_view openapi_json = {literal(text)};
#pragma clang diagnostic pop
}}  // namespace frontdesk::api
""")


def assets_of(reference, swagger):
    """(name, address, content type, content) of each file."""
    for folder, names in ((reference, OURS), (swagger, SWAGGER)):
        for name in names:
            content = SOURCE_MAP.sub(b"\n", (folder / name).read_bytes())
            stem, suffix = name.rsplit(".", 1)
            digest = hashlib.sha256(content).hexdigest()[:12]
            yield name, f"/docs/{stem}-{digest}.{suffix}", TYPES["." + suffix], content


def write_assets(reference, swagger, output):
    output.mkdir(parents=True, exist_ok=True)
    addresses, arrays, rows = {}, [], []
    for position, (name, address, content_type, content) in enumerate(assets_of(reference, swagger)):
        addresses[name] = address
        (output / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        arrays.append(f'const unsigned char file_{position}[] = {{\n#embed "{name}.gz"\n}};')
        rows.append(f'    {{"{address}", "{content_type}", file_{position}, {len(content)}}},')

    page = (reference / "reference.html").read_text()
    page = re.sub(r"\{\{(.+?)\}\}", lambda match: addresses[match[1]], page)
    start = (reference / "start.html").read_text()
    with_development = re.sub(r"<!--/?development-->", "", start)
    without_development = re.sub(r"\s*<!--development-->.*?<!--/development-->", "", start)
    newline = "\n"
    write_if_different(output / "assets.cpp", f"""// Generated from api/reference and web/node_modules/swagger-ui-dist.
#include "api/reference.hpp"

#pragma clang diagnostic ignored "-Wc23-extensions"

namespace frontdesk::api {{
namespace {{
{newline.join(arrays)}
constexpr ReferenceFile files[] = {{
{newline.join(rows)}
}};
}}  // namespace

std::span<const ReferenceFile> reference_files() {{
  return files;
}}

std::string_view reference_page() {{
  return {literal(page)};
}}

std::string_view start_page(bool development) {{
  return development ? {literal(with_development)}
                     : {literal(without_development)};
}}
}}  // namespace frontdesk::api
""")


def main(arguments):
    match arguments:
        case ["document", source, header]:
            write_document(pathlib.Path(source), pathlib.Path(header))
        case ["assets", reference, swagger, output]:
            write_assets(pathlib.Path(reference), pathlib.Path(swagger), pathlib.Path(output))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
