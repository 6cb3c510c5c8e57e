"""The exported model gives the vectors that sentence-transformers gives, padded or not."""

import numpy as np
from sentence_transformers import SentenceTransformer

from index.catalogue.follow import default_model
from index.encoder import Encoder, packaged_model

TEXTS = ["asthma", "Eating better with pancreatic cancer", "my mum has dementia and lives in Leeds"]


def test_vectors_equal_those_of_sentence_transformers():
    exact = SentenceTransformer(str(packaged_model()), device="cpu").encode(TEXTS, normalize_embeddings=True)
    encoder = Encoder(default_model())
    assert np.allclose(encoder.encode_passages(TEXTS, progress=False), exact, atol=1e-4)
    assert np.allclose([encoder.encode_query(text) for text in TEXTS], exact, atol=1e-4)
