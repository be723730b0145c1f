"""The file types of sessions and lessons, and the scheme of addresses, for registration on Linux and macOS.

Windows is told by packaging/layerwise.nsi.
"""

from __future__ import annotations

from engine.contract.address import SCHEME

MIME_TYPE = "application/x-layerwise-session+json"
_UNIFORM_TYPE = "layerwise.session"

APP_DOCUMENTS = {
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": _UNIFORM_TYPE,
            "UTTypeDescription": "Layerwise session",
            "UTTypeConformsTo": ["public.json"],
            "UTTypeTagSpecification": {
                "public.filename-extension": ["layerwise.json", "lesson.json"],
                "public.mime-type": [MIME_TYPE],
            },
        }
    ],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Layerwise session",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_UNIFORM_TYPE],
        },
        # macOS goes by the last suffix in places: 'Open with' offers Layerwise for any JSON, and nothing more.
        {
            "CFBundleTypeName": "JSON",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": ["public.json"],
        },
    ],
}
"""The entries of Info.plist for these types."""

APP_ADDRESSES = {"CFBundleURLTypes": [{"CFBundleURLName": "Layerwise experiment", "CFBundleURLSchemes": [SCHEME]}]}
"""The entry of Info.plist for addresses such as ``layerwise:gates``."""
