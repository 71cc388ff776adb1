"""A small BERT that reads handwritten digits as 64 tokens, trained by the Trainer with warmup and cosine."""

import argparse
import tempfile

import torch
from sklearn.datasets import load_digits
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments, set_seed

from lrscope.transformers import LrscopeCallback

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=6)
options = parser.parse_args()

set_seed(0)
pixels, labels = load_digits(return_X_y=True)
examples = [
    {"input_ids": torch.tensor(image, dtype=torch.long), "labels": int(label)} for image, label in zip(pixels, labels)
]
shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
model = BertForSequenceClassification(BertConfig(vocab_size=17, max_position_embeddings=64, num_labels=10, **shape))

with tempfile.TemporaryDirectory() as folder:
    Trainer(
        model,
        TrainingArguments(
            output_dir=folder,
            num_train_epochs=options.epochs,
            per_device_train_batch_size=32,
            per_device_eval_batch_size=128,
            learning_rate=2e-3,
            lr_scheduler_type="cosine",
            warmup_steps=20,
            eval_strategy="epoch",
            logging_steps=5,
            save_strategy="no",
            report_to=[],
        ),
        train_dataset=examples[:1200],
        eval_dataset=examples[1200:],
        callbacks=[LrscopeCallback(project="digits-transformers")],
    ).train()
