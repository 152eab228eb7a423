"""The teacher of core/classify: two networks over the features of a sentence encoder, and a
logistic regression over TF-IDF. Its answers are what the small model is trained on besides
the annotations (docs/model-card.md).

    teacher.py FOLDER ENCODER

FOLDER has texts.jsonl, a text a line in the order that `train texts` wrote; lines with
"sig" are annotated. It has rounds.json: for each round the lines to learn from. For each
round NAME.bin is written: five int8 a line, logits in sixteenths: significant, then
business, personal, political and unclear, each against the rest."""

import json
import math
import sys

import numpy as np
import scipy.sparse as sp
import torch
import torch.nn.functional as F
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from encoder import Encoder, Tokenizer

REGISTERS = 3
OUTPUTS = 13  # significant, four scopes, eight kinds
PASSES, BATCH, RATE, HIDDEN, SEEDS = 12, 128, 1e-3, 256, 2
LINEAR = 0.8  # what the logistic regression's logit counts beside the networks'
UNIT = 16


def embedded(texts, folder):
    """What the networks see of every text."""
    cut, encoder = Tokenizer(folder), Encoder(folder)
    body = [cut.encode(t["text"], 128) for t in texts]
    subject = [cut.encode(t["subject"], 20) for t in texts]
    x = encoder.encode(body).astype(np.float32)
    s = encoder.encode(subject).astype(np.float32)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    plain = lambda a: np.clip((a - mean) / spread, -4, 4)
    has = np.array([[bool(t["subject"])] for t in texts])
    s = plain(s)
    s = np.concatenate([s[:, :256], s[:, 1280:]], 1) * has
    length = np.array([[len(b) / 40, math.log1p(len(b)) / 3] for b in body])
    register = np.eye(REGISTERS)[[t["register"] for t in texts]] * 3
    return torch.tensor(np.concatenate([plain(x), s, register, length], 1), dtype=torch.float32)


def terms(texts, known):
    """TF-IDF of words, letters and subjects, and of words in their register."""
    bodies, subjects = [t["text"] for t in texts], [t["subject"] for t in texts]
    blocks = []
    for options, column in (
        (dict(ngram_range=(1, 2), min_df=2), bodies),
        (dict(analyzer="char_wb", ngram_range=(2, 5), min_df=3), bodies),
        (dict(min_df=2), subjects),
    ):
        vectorizer = TfidfVectorizer(sublinear_tf=True, **options)
        vectorizer.fit(column[:known])
        blocks.append(vectorizer.transform(column))
    register = np.array([t["register"] for t in texts])
    for r in range(REGISTERS):
        blocks.append(sp.diags((register == r) * 0.7).dot(blocks[0]))
    blocks.append(sp.csr_matrix(np.eye(REGISTERS)[register]))
    return sp.hstack(blocks).tocsr().astype(np.float32)


class Targets:
    """The annotations of the first lines."""

    def __init__(self, texts):
        known = [t for t in texts if "sig" in t]
        column = lambda name: torch.tensor([t[name] for t in known], dtype=torch.float32)
        self.count = len(known)
        self.sig, self.scope, self.kinds, self.weight = map(column, ("sig", "scope", "kinds", "weight"))
        some = self.sig.clamp(min=0.3)[:, None]
        self.kinds = self.kinds / some * (self.sig >= 0.3)[:, None]

    def loss(self, z, i):
        sig = self.sig[i]
        loss = F.binary_cross_entropy_with_logits(z[:, 0], sig, reduction="none")
        loss = loss - 0.3 * (self.scope[i] * F.log_softmax(z[:, 1:5], 1)).sum(1)
        kinds = F.binary_cross_entropy_with_logits(z[:, 5:], self.kinds[i], reduction="none").sum(1)
        loss = loss + 0.15 * (sig >= 0.3) * kinds
        return (loss * self.weight[i]).mean()


def network(x, targets, lines, seed):
    """A network of one hidden layer, trained on lines; what it says of every text."""
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Dropout(0.25),
        torch.nn.Linear(x.shape[1], HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.5),
        torch.nn.Linear(HIDDEN, OUTPUTS),
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    lines = torch.tensor(lines)
    steps = PASSES * math.ceil(len(lines) / BATCH)
    step = 0
    for _ in range(PASSES):
        for part in lines[torch.randperm(len(lines))].split(BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            step += 1
            loss = targets.loss(net(x[part]), part)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    net.eval()
    with torch.no_grad():
        return net(x).numpy()


def linear(x, targets, lines):
    """The logit of a logistic regression on soft targets."""
    y, w = targets.sig[lines].numpy(), targets.weight[lines].numpy()
    both = sp.vstack([x[lines], x[lines]])
    hard = np.r_[np.ones(len(lines)), np.zeros(len(lines))]
    weight = np.r_[y * w, (1 - y) * w]
    used = weight > 0
    model = LogisticRegression(C=2, max_iter=200, solver="liblinear", tol=1e-3)
    model.fit(both[used], hard[used], sample_weight=weight[used])
    return x @ model.coef_[0] + model.intercept_[0]


def main(folder, package):
    torch.set_num_threads(1)
    texts = [json.loads(line) for line in open(folder + "/texts.jsonl", encoding="utf-8")]
    targets = Targets(texts)
    x, t = embedded(texts, package), terms(texts, targets.count)
    for name, lines in json.load(open(folder + "/rounds.json")).items():
        z = sum(network(x, targets, lines, seed) for seed in range(SEEDS)) / SEEDS
        sig = (z[:, 0] + LINEAR * linear(t, targets, lines)) / (0.7 + LINEAR)
        scope = z[:, 1:5] - np.log(np.exp(z[:, 1:5]).sum(1, keepdims=True))
        scope = scope - np.log1p(-np.minimum(np.exp(scope), 1 - 1e-6))
        out = np.concatenate([sig[:, None], scope], 1) * UNIT
        np.clip(np.round(out), -127, 127).astype(np.int8).tofile(f"{folder}/{name}.bin")
        print(name, len(lines), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
