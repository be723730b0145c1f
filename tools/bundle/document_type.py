"""The kind of file that a session or a lesson is, as Linux and macOS are told of it."""

from __future__ import annotations

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
"""What Info.plist says of it."""
