#!/usr/bin/env python3
"""Plain PyTorch layers of the shapes of InternLM2 and Qwen2, measured forward, forward with backward, and an update.

Prints one line of JSON: median milliseconds of each, and the process's peak memory in MB. An update is clipping by the
norm of all gradients, and AdamW.
"""

import argparse
import json
import resource
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint

UPDATES = 5  # they are quick


def rms_norm(x, weight, eps):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight


def rotate(x, cos, sin):
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


class Layer(nn.Module):
    def __init__(self, kind, width, heads, groups, hidden):
        super().__init__()
        head = width // heads
        self.kind, self.heads, self.groups, self.head = kind, heads, groups, head
        self.norm1 = nn.Parameter(torch.ones(width))
        self.norm2 = nn.Parameter(torch.ones(width))
        if kind == "internlm2":
            self.qkv = nn.Linear(width, (heads + 2 * groups) * head, bias=False)
        else:
            self.q = nn.Linear(width, heads * head)
            self.k = nn.Linear(width, groups * head)
            self.v = nn.Linear(width, groups * head)
        self.out = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def attention(self, x, cos, sin, mask):
        batch, length, width = x.shape
        each = self.heads // self.groups
        if self.kind == "internlm2":
            packed = self.qkv(x).view(batch, length, self.groups, each + 2, self.head)
            q = packed[..., :each, :].reshape(batch, length, self.heads, self.head)
            k, v = packed[..., each, :], packed[..., each + 1, :]
        else:
            q = self.q(x).view(batch, length, self.heads, self.head)
            k = self.k(x).view(batch, length, self.groups, self.head)
            v = self.v(x).view(batch, length, self.groups, self.head)
        q, k, v = (t.transpose(1, 2) for t in (q, k, v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        shape = (batch, self.groups, each, length, self.head)
        k = k[:, :, None].expand(shape).reshape(q.shape)
        v = v[:, :, None].expand(shape).reshape(q.shape)
        scores = torch.matmul(q, k.transpose(2, 3)) / self.head**0.5 + mask
        mixed = torch.matmul(torch.softmax(scores, dim=-1), v)
        return self.out(mixed.transpose(1, 2).reshape(batch, length, width))

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(rms_norm(x, self.norm1, 1e-5), cos, sin, mask)
        y = rms_norm(x, self.norm2, 1e-5)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Model(nn.Module):
    def __init__(self, a):
        super().__init__()
        self.recompute = a.recompute
        self.embedding = nn.Embedding(a.vocabulary, a.width)
        self.layers = nn.ModuleList(
            Layer(a.model, a.width, a.heads, a.groups, a.hidden) for _ in range(a.layers)
        )
        self.norm = nn.Parameter(torch.ones(a.width))
        self.output = nn.Linear(a.width, a.vocabulary, bias=False)
        head = a.width // a.heads
        angles = torch.outer(
            torch.arange(a.length).float(), 1e6 ** (-torch.arange(0, head, 2).float() / head)
        )
        angles = torch.cat((angles, angles), dim=-1)
        self.cos, self.sin = angles.cos(), angles.sin()
        self.mask = torch.full((a.length, a.length), -1e30).triu(1)

    def forward(self, ids, places):
        x = self.embedding(ids)
        for layer in self.layers:
            if self.recompute and torch.is_grad_enabled():
                x = checkpoint(layer, x, self.cos, self.sin, self.mask, use_reentrant=False)
            else:
                x = layer(x, self.cos, self.sin, self.mask)
        states = rms_norm(x.flatten(0, 1)[places], self.norm, 1e-5)
        return F.linear(states, self.output.weight[:2])


def median_ms(rounds, action):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=("internlm2", "qwen2"), default="internlm2")
    for name, value in (
        ("threads", 2), ("rounds", 1), ("batch", 2), ("length", 2048), ("width", 512), ("layers", 8),
        ("heads", 8), ("groups", 4), ("hidden", 1408), ("vocabulary", 1000), ("steps", 8),
    ):
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--recompute", action="store_true")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    model = Model(a)
    ids = torch.randint(a.vocabulary, (a.batch, a.length))
    places = torch.arange(1, a.steps + 1) * (a.batch * a.length // a.steps) - 1
    labels = (torch.arange(a.steps) % 2).float()

    def forward():
        with torch.no_grad():
            return model(ids, places).sum().item()

    def both():
        model.zero_grad(set_to_none=False)
        scores = F.log_softmax(model(ids, places), dim=1)
        loss = -(labels * scores[:, 0] + (1 - labels) * scores[:, 1]).mean()
        loss.backward()
        return loss.item()

    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=0.05)

    def update():
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    both()  # memory is taken, caches are filled
    forward_ms = median_ms(a.rounds, forward)
    both_ms = median_ms(a.rounds, both)
    update()  # makes the moments
    result = {
        "forward_ms": round(forward_ms),
        "both_ms": round(both_ms),
        "update_ms": round(median_ms(UPDATES, update)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "torch": torch.__version__,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
