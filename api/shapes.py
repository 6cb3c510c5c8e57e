"""The shapes of the chat: what a person sends and what comes back (docs: the design page)."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictStr,
    model_serializer,
    model_validator,
)

from index.queries import SearchResult, StudyPage

Kind = Literal["text", "studies", "study", "crisis", "notice"]


class Choice(BaseModel):
    """A button. value means something to the gateway only.

    topic: of the study's question that it answers, left out where it answers none
    """

    label: str
    value: str
    topic: str = ""

    @model_serializer(mode="wrap")
    def without_a_topic_that_is_not_there(
        self, write: SerializerFunctionWrapHandler
    ) -> dict[str, Any]:
        """Leave out the topic where there is none."""
        written: dict[str, Any] = write(self)
        if not written.get("topic"):
            written.pop("topic", None)
        return written


class Link(BaseModel):
    """A way on: url is http, https or a path of this service."""

    label: str
    url: str


Part = Literal["whole", "takes", "rules", "join"]
"""What of a study a message is about: all of it, what it takes, its rules, or how to join."""


class Message(BaseModel):
    """One message to the person; search only with kind studies, study and part only with kind study."""

    kind: Kind
    text: str = ""
    choices: list[Choice] = []
    links: list[Link] = []
    search: SearchResult | None = None
    study: StudyPage | None = None
    part: Part | None = None

    @model_serializer(mode="wrap")
    def without_what_is_not_there(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out search, study, part and links where there is none."""
        written: dict[str, Any] = write(self)
        for name in ("search", "study", "part", "links"):
            if not written.get(name):
                written.pop(name, None)
        return written


class Offer(BaseModel):
    """A choice before it is hidden: payload is what Rasa is sent when the person takes it."""

    label: str = Field(min_length=1)
    payload: str = Field(min_length=1)
    topic: str = ""


class Reply(BaseModel):
    """A message with its offers still open, as it comes from Rasa or from an editor's file."""

    kind: Kind = "text"
    text: str = ""
    choices: list[Offer] = []
    links: list[Link] = []
    search: SearchResult | None = None
    study: StudyPage | None = None
    part: Part | None = None


class Incoming(BaseModel):
    """The body of POST /api/chat/messages: exactly one of text and choice."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    text: StrictStr | None = None
    choice: StrictStr | None = None

    @model_validator(mode="after")
    def one_of_two(self) -> Self:
        """Raise ValueError when both or neither are there."""
        if (self.text is None) == (self.choice is None):
            raise ValueError("send either text or choice, and not both")
        return self


class Opened(BaseModel):
    """The answer of POST /api/chat/sessions."""

    session: str
    expires_at: str
    messages: list[Message]


class Messages(BaseModel):
    """The answer of POST /api/chat/messages."""

    messages: list[Message]


class ProblemShape(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
