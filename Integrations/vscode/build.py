#!/usr/bin/env python3
"""Pack the extension into a .vsix for `code --install-extension`; the same files yield the same bytes.

    Integrations/vscode/build.py [OUTPUT]     by default out/posemap-VERSION.vsix
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CODE = ("package.json", "extension.js", "completion.js", "snippets.json")

CONTENT_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension=".json" ContentType="application/json"/>
<Default Extension=".js" ContentType="application/javascript"/>
<Default Extension=".md" ContentType="text/markdown"/>
<Default Extension=".txt" ContentType="text/plain"/>
<Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id={name} Version={version} Publisher={publisher}/>
<DisplayName>{display}</DisplayName>
<Description xml:space="preserve">{description}</Description>
<Categories>{categories}</Categories>
<License>extension/LICENSE.txt</License>
<Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value={engine}/></Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
</Assets>
</PackageManifest>
"""


def content() -> dict[str, bytes]:
    """Return the package's files by their paths in it."""
    package = json.loads((HERE / "package.json").read_text("utf-8"))
    manifest = MANIFEST.format(
        name=quoteattr(package["name"]), version=quoteattr(package["version"]), publisher=quoteattr(package["publisher"]),
        display=escape(package["displayName"]), description=escape(package["description"]),
        categories=escape(",".join(package["categories"])),
        engine=quoteattr(package["engines"]["vscode"]),
    )
    files = {"[Content_Types].xml": CONTENT_TYPES.encode(), "extension.vsixmanifest": manifest.encode()}
    files |= {f"extension/{name}": (HERE / name).read_bytes() for name in CODE}
    files["extension/README.md"] = (ROOT / "docs/editors.md").read_bytes()
    files["extension/LICENSE.txt"] = (ROOT / "LICENSE").read_bytes()
    for validation in package["contributes"]["jsonValidation"]:
        name = Path(validation["url"]).name
        files[f"extension/schemas/{name}"] = (ROOT / "docs/schema" / name).read_bytes()
    return files


def main() -> None:
    """Write the package and print its path."""
    version = json.loads((HERE / "package.json").read_text("utf-8"))["version"]
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / f"out/posemap-{version}.vsix"
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_name(f".{output.name}.new")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content().items():
            # A varying date would make each package different.
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    unfinished.replace(output)
    print(output)


if __name__ == "__main__":
    main()
