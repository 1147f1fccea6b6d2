"""The API described (OpenAPI 3.1) from what its calls themselves go by: scopes, parameters, serializers, problems."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from accounts.scopes import ClientScopes
from kela_kunta.base.problems import (
    MEDIA_TYPE,
    BadParameters,
    BadToken,
    Broken,
    CertificateWrong,
    Invalid,
    LengthRequired,
    MediaTypeUnknown,
    NotAcceptable,
    NotAuthenticated,
    NotFound,
    NotJson,
    Problem,
    ScopeMissing,
    TooLarge,
    TooMany,
    XRoadClientWrong,
)

EVERYWHERE = (
    BadParameters, NotAuthenticated, BadToken, CertificateWrong, XRoadClientWrong, ScopeMissing, NotAcceptable,
    TooMany, Broken,
)  # fmt: skip
WITH_BODY = (NotJson, LengthRequired, TooLarge, MediaTypeUnknown, Invalid)


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One fault of one field."""

    pointer = serializers.CharField(
        help_text="A JSON pointer into the body, such as `#/client/identity_code`; `?name` is a parameter of the address."
    )
    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="For people, in the language of `Accept-Language`.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Every error's shape (RFC 9457)."""

    type = serializers.CharField(help_text="Always `about:blank`: `code` tells the kind.")
    title = serializers.CharField(help_text="For people, in the language of `Accept-Language`.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="The kind of problem, for programs. It never changes.")
    detail = serializers.CharField(required=False, help_text="More about this occurrence.")
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # RFC 9457 names it so
    current_version = serializers.IntegerField(
        required=False, help_text="With `stale`: the version that the referral has now."
    )


class ClientCredentials(OpenApiAuthenticationExtension):
    """Access tokens by client credentials, and the scopes each call asks for, one of which is enough."""

    target_class = "accounts.api.BearerAuthentication"
    name = "oauth2"

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:  # type: ignore[override]
        return [{self.name: [scope]} for scope in auto_schema.view.scopes[auto_schema.method]]

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        flow = {"tokenUrl": settings.PUBLIC_URL + reverse("token"), "scopes": ClientScopes().get_all_scopes()}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


LANGUAGE = OpenApiParameter(
    "Accept-Language",
    str,
    OpenApiParameter.HEADER,
    description="The language of the sentences for people: fi, sv or en.",
)
LIMITS = (
    OpenApiParameter(
        "RateLimit-Policy", str, OpenApiParameter.HEADER, response=True,
        description='The limit: `"calls";q=3000;w=60` is 3 000 calls in 60 seconds, which come back evenly.',
    ),
    OpenApiParameter(
        "RateLimit", str, OpenApiParameter.HEADER, response=True,
        description='What is left: `"calls";r=2999;t=1` is 2 999 calls at once, and all again in 1 second.',
    ),
    OpenApiParameter(
        "Retry-After", int, OpenApiParameter.HEADER, response=[429],
        description="In how many seconds to call again.",
    ),
)  # fmt: skip


class ApiSchema(AutoSchema):
    """Describes one call of an `ApiView`."""

    view: Any

    def get_operation_id(self) -> str:
        """Such as `post_referrals_one_close`."""
        parts = self.path.removeprefix(spectacular_settings.SCHEMA_PATH_PREFIX).strip("/").split("/")
        names = ["one" if part.startswith("{") else part.replace("-", "_") for part in parts]
        return "_".join([self.method.lower(), *names])

    def get_override_parameters(self) -> list[Any]:
        parameters = self.view.parameters.get(self.method)
        return [*([parameters] if parameters else []), *self.view.headers_told.get(self.method, ()), LANGUAGE, *LIMITS]

    def get_request_serializer(self) -> Any:
        return self.view.told.get(self.method)

    def get_response_serializers(self) -> Any:
        return dict(self.view.answered.get(self.method) or {200: OpenApiTypes.OBJECT})

    def get_summary(self) -> str:
        return cast(str, self.get_description()).split(".")[0].split("\n")[0]

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        """Unknown fields are refused, and every field is answered but those that a serializer names in `may_lack`."""
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request":
            schema["additionalProperties"] = False
            for field in force_instance(serializer).fields.values():
                if not field.required:  # an empty text is the same as nothing
                    schema["properties"][field.field_name].pop("minLength", None)
        elif not isinstance(serializer, ProblemSerializer) and serializer is not ProblemSerializer:
            may_lack = getattr(force_instance(serializer), "may_lack", ())
            schema["required"] = sorted(set(schema["properties"]) - set(may_lack))
        return cast(dict[str, Any], schema)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        responses = super()._get_response_bodies(direction)
        problems: dict[str, list[type[Problem]]] = defaultdict(list)
        for problem in self._problems():
            problems[str(problem.status)].append(problem)
        content = {MEDIA_TYPE: {"schema": self.resolve_serializer(ProblemSerializer, "response").ref}}
        for status, kinds in sorted(problems.items()):
            told = "\n".join(f"- `{kind.code}`: {kind.title}" for kind in kinds)
            responses[status] = {"description": told, "content": content}
        responses["default"] = {"description": _("Every other error has the same shape."), "content": content}
        return cast(dict[str, Any], responses)

    def _problems(self) -> list[type[Problem]]:
        return [
            *EVERYWHERE,
            *(WITH_BODY if self.method in ("POST", "PUT") else ()),
            *((NotFound,) if "{" in self.path else ()),
            *self.view.problems.get(self.method, ()),
        ]


def tidy(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """The document without marks of its making, and without defaults that say nothing."""
    return cast(dict[str, Any], _tidied(result))


def _tidied(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            name: _tidied(inner)
            for name, inner in part.items()
            if name != "x-spec-enum-id" and (name != "default" or inner not in ("", None))
        }
    return [_tidied(inner) for inner in part] if isinstance(part, list) else part
