"""A BERT of a few thousand random weights, laid out as camel-tools installs its model."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import BertConfig, BertForTokenClassification

LABELS = ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")


def write_tiny_bert(path: Path, seed: int = 0) -> None:
    """Write config, vocabulary and weights in the layout of `camel_data -i ner-arabert`."""
    path.mkdir(parents=True)
    letters = [chr(code) for code in range(0x621, 0x64B)]
    vocabulary = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *letters,
        *(f"##{letter}" for letter in letters),
        *".،()-",
    ]
    (path / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    settings = {"do_lower_case": False, "max_len": 512, "init_inputs": []}
    (path / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
        architectures=["BertForTokenClassification"],
    )
    torch.manual_seed(seed)
    model = BertForTokenClassification(config)
    torch.save(model.state_dict(), path / "pytorch_model.bin")
    config.save_pretrained(path)
