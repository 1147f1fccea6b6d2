"""What PxWeb says when it cannot answer. Its titles are English in every language: programs read them."""

from __future__ import annotations

from django.http import JsonResponse

from kela_kunta.base.problems import MEDIA_TYPE


class Refused(Exception):
    """The question has no answer. `detail` names what is wrong in it."""

    status = 400
    title = "Parameter error"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail

    def response(self, status: int | None = None) -> JsonResponse:
        """As version 2 says it, with the member `error` that version 1 has."""
        status = status or self.status
        body = {"type": "Parameter error", "title": self.title, "status": status, "error": self.title}
        if self.detail:
            body["detail"] = self.detail
        return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


class NoTable(Refused):
    """No table, folder or database has this name."""

    status, title = 404, "Non-existent table"


class NoPage(Refused):
    """The list of tables has fewer pages."""

    status, title = 404, "Non-existent page"


class NoCodelist(Refused):
    """The table or the database has no such list of codes."""

    title = "Non-existent codelist"


class NoVariable(Refused):
    """The table has no such variable."""

    title = "Non-existent variable"


class NoValue(Refused):
    """The variable has no such value."""

    title = "Non-existent value"


class NoSelection(Refused):
    """Nothing is chosen of a variable that cannot be left out."""

    title = "Missing selection for mandatory variable"


class NoExpression(Refused):
    """An expression of a selection is none, or one of a kind that is not there."""

    title = "Illegal selection expression"


class NoLanguage(Refused):
    """The language is none of ours."""

    title = "Unsupported language"


class NoFormat(Refused):
    """The format of the answer is none of ours."""

    title = "Unsupported output format"


class TooMany(Refused):
    """More cells than one answer may have; version 1 says 403."""

    title = "Too many cells selected"
