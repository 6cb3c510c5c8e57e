"""The check for danger: whether somebody's life or safety is at risk, and the card that helps."""

from api.danger.check import Danger, DangerCheck

__all__ = ["Danger", "DangerCheck"]
