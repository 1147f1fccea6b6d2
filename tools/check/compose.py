"""docker-compose.yml and the Dockerfile, checked by reading them: there need not be a Docker here."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import yaml

from tools.env_example import FILE as ENV_EXAMPLE
from tools.servers import APPLICATION, OWNER, ROOT

SERVICES = {"web", "worker", "beat", "migrate", "postgres", "redis"}
OURS = SERVICES - {"postgres", "redis"}
KEYS = {
    "build", "image", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "environment", "depends_on",
    "command", "ports", "healthcheck", "volumes",
}  # fmt: skip
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
VARIABLE = re.compile(r"\$\{(\w+)(?:(:\?)|:-[^}]*)?\}")


def compose_faults(text: str) -> Iterator[str]:
    """One line for each thing that Docker Compose or the product would stumble over."""
    services: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    volumes = yaml.safe_load(text).get("volumes", {})
    if services.keys() != SERVICES:
        yield f"the services must be {', '.join(sorted(SERVICES))}"
        return
    documented = re.findall(r"^(?:# )?(\w+)=", ENV_EXAMPLE.read_text(), re.MULTILINE)
    for match in VARIABLE.finditer(text):
        if match[1] not in documented:
            yield f".env.example does not tell what {match[1]} is"
    for name, service in services.items():
        yield from (f"{name}: {fault}" for fault in _service_faults(service, services, volumes))
    for name in OURS:
        role = OWNER if name == "migrate" else APPLICATION
        if not services[name]["environment"]["DATABASE_URL"].startswith(f"postgresql://{role}:"):
            yield f"{name}: connects as another role than {role}"


def _service_faults(service: dict[str, Any], services: dict[str, Any], volumes: dict[str, Any]) -> Iterator[str]:
    for key in service.keys() - KEYS:
        yield f"unknown key {key}"
    if not service.get("image") or not isinstance(service.get("command"), list):
        yield "an image and a command as a list are needed"
    for other, how in service.get("depends_on", {}).items():
        if other not in services or how["condition"] not in CONDITIONS:
            yield f"cannot wait for {other}"
        elif how["condition"] == "service_healthy" and "healthcheck" not in services[other]:
            yield f"waits for the health of {other}, which tells none"
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if source.startswith("./") and not (ROOT / source).exists():
            yield f"there is no {source}"
        if not source.startswith("./") and source not in volumes:
            yield f"the volume {source} is not declared"


def dockerfile_faults(text: str) -> Iterator[str]:
    """One line for each file that is copied but not there, and for running as root."""
    for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE):
        for source in line.split():
            if not (ROOT / source).exists():
                yield f"there is no {source}"
    if not re.search(r"^FROM python:3\.1[1-9]-slim$", text, re.MULTILINE):
        yield "the base must be Python 3.11 or newer"
    if not re.search(r"^USER (?!root)\w+$", text, re.MULTILINE):
        yield "it must not run as root"


if __name__ == "__main__":
    found = [f"docker-compose.yml: {fault}" for fault in compose_faults((ROOT / "docker-compose.yml").read_text())]
    found += [f"Dockerfile: {fault}" for fault in dockerfile_faults((ROOT / "Dockerfile").read_text())]
    print("\n".join(found))
    sys.exit(1 if found else 0)
