#!/usr/bin/env python3
"""InternVL2.5 with reward scores in plain PyTorch, written from its formulas: an oracle for the tests.

usage: oracle.py > src/model/src/test/resources/oracle/cases.json

Prints cases of odd shapes: a configuration, tokens, and what comes out. Weights and pixels are not in
there: both sides make them from one formula. Needs PyTorch (Debian: python3-torch).
"""

import json
import zlib

import numpy
import torch
import torch.nn.functional as F

STEP = 0x9E3779B97F4A7C15
CONTEXT, PRM, YES, NO = 3, 4, 5, 6  # token ids; words begin at 7


def numbers(name, count):
    """Numbers in (-1, 1), bell-shaped around 0, that depend on the name alone."""
    start = zlib.crc32(name.encode()) * STEP & (1 << 64) - 1
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(start) + numpy.arange(count, dtype=numpy.uint64) * numpy.uint64(STEP)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    halves = (z >> numpy.uint64(40)) + (z & numpy.uint64(0xFFFFFF))
    return torch.from_numpy((halves.astype(numpy.float64) / (1 << 24) - 1).astype(numpy.float32))


class Weights:
    """Tensors by name, made when they are first asked for."""

    def __init__(self):
        self.made = {}

    def __call__(self, name, *shape):
        if name not in self.made:
            values = numbers(name, int(numpy.prod(shape)))
            if len(shape) == 1:
                values = 0.25 * values if name.endswith(".bias") else 1 + 0.5 * values
            elif "embed" in name:
                values = 0.25 * values
            else:
                values = values * float(numpy.float32(2.5 / numpy.prod(shape[1:]) ** 0.5))
            self.made[name] = values.reshape(shape).requires_grad_()
        return self.made[name]


def rms(x, weight, eps):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + eps) * weight


def attention(q, k, v, mask):
    """q, k, v [B, H, N, d]; mask [B or 1, 1, N, N], true where a key may be seen."""
    scores = q @ k.transpose(2, 3) / q.shape[3] ** 0.5
    return torch.softmax(scores.masked_fill(~mask, -1e30), -1) @ v


def tower(pixels, config, w):
    c = config["vision_config"]
    width, heads, patch, eps = c["hidden_size"], c["num_attention_heads"], c["patch_size"], c["layer_norm_eps"]
    name = "vision_model.embeddings."
    kernel = w(name + "patch_embedding.weight", width, 3, patch, patch)
    x = F.conv2d(pixels, kernel, w(name + "patch_embedding.bias", width), patch)
    tiles, grid = x.shape[0], x.shape[2]
    old = c["image_size"] // patch
    places = w(name + "position_embedding", 1, 1 + old * old, width)
    cells = places[:, 1:].reshape(1, old, old, width).permute(0, 3, 1, 2)
    if grid != old:
        cells = F.interpolate(cells, size=(grid, grid), mode="bicubic", align_corners=False)
    x = (x + cells).flatten(2).transpose(1, 2)
    first = w(name + "class_embedding", 1, 1, width) + places[:, :1]
    x = torch.cat((first.expand(tiles, 1, width), x), 1)

    def norm(x, name):
        if c["norm_type"] == "rms_norm":
            return rms(x, w(name + ".weight", width), eps)
        return F.layer_norm(x, (width,), w(name + ".weight", width), w(name + ".bias", width), eps)

    states = [x]
    for i in range(c["num_hidden_layers"]):
        name = f"vision_model.encoder.layers.{i}."
        bias = w(name + "attn.qkv.bias", 3 * width) if c["qkv_bias"] else None
        q, k, v = F.linear(norm(x, name + "norm1"), w(name + "attn.qkv.weight", 3 * width, width), bias).chunk(3, -1)
        if c["qk_normalization"]:
            q = rms(q, w(name + "attn.q_norm.weight", width), eps)
            k = rms(k, w(name + "attn.k_norm.weight", width), eps)
        q, k, v = (t.reshape(*t.shape[:2], heads, width // heads).transpose(1, 2) for t in (q, k, v))
        mixed = attention(q, k, v, torch.ones(1, 1, 1, 1, dtype=torch.bool)).transpose(1, 2).flatten(2)
        mixed = F.linear(mixed, w(name + "attn.proj.weight", width, width), w(name + "attn.proj.bias", width))
        x = x + mixed * w(name + "ls1", width)
        inner = c["intermediate_size"]
        y = norm(x, name + "norm2")
        y = F.gelu(F.linear(y, w(name + "mlp.fc1.weight", inner, width), w(name + "mlp.fc1.bias", inner)))
        y = F.linear(y, w(name + "mlp.fc2.weight", width, inner), w(name + "mlp.fc2.bias", width))
        x = x + y * w(name + "ls2", width)
        states.append(x)
    return states[config["select_layer"]][:, 1:].reshape(tiles, grid, grid, width)


def shuffle(x, config):
    tiles, grid, _, width = x.shape
    k = round(1 / config["downsample_ratio"])
    side = grid // k
    out = torch.empty(tiles, side, side, k * k * width)
    for row in range(grid):
        for column in range(grid):
            channel = (row % k * k + column % k) * width
            cell = (row // k, column // k) if config["ps_version"] == "v2" else (column // k, row // k)
            out[:, cell[0], cell[1], channel : channel + width] = x[:, row, column]
    return out.flatten(1, 2)


def projector(x, config, w):
    cells, width = x.shape[2], config["llm_config"]["hidden_size"]
    x = F.layer_norm(x, (cells,), w("mlp1.0.weight", cells), w("mlp1.0.bias", cells), 1e-5)
    x = F.gelu(F.linear(x, w("mlp1.1.weight", width, cells), w("mlp1.1.bias", width)))
    return F.linear(x, w("mlp1.3.weight", width, width), w("mlp1.3.bias", width))


def rotary(c, length, positions):
    head = c["hidden_size"] // c["num_attention_heads"]
    theta, scaling = c["rope_theta"], c.get("rope_scaling") or {}
    kind = scaling.get("rope_type", scaling.get("type"))
    reach = length if c["architectures"][0].startswith("InternLM2") else int(positions.max()) + 1
    if kind == "dynamic" and reach > c["max_position_embeddings"]:
        f = scaling["factor"]
        theta = theta * (f * reach / c["max_position_embeddings"] - (f - 1)) ** (head / (head - 2))
    inverse = 1 / theta ** (torch.arange(0, head, 2, dtype=torch.float64) / head)
    if kind == "linear":
        inverse = inverse / scaling["factor"]
    angles = positions.double()[:, None, :, None] * inverse
    angles = torch.cat((angles, angles), -1)
    return angles.cos().float(), angles.sin().float()


def turn(x, cos, sin):
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat((-b, a), -1) * sin


def language(x, config, real, positions, w):
    c = config["llm_config"]
    width, heads, groups = c["hidden_size"], c["num_attention_heads"], c["num_key_value_heads"]
    inner, eps, head = c["intermediate_size"], c["rms_norm_eps"], width // heads
    each, length = heads // groups, x.shape[1]
    cos, sin = rotary(c, length, positions)
    mask = torch.ones(length, length, dtype=torch.bool).tril() & real[:, None, None, :]
    is_lm2 = c["architectures"][0].startswith("InternLM2")
    for i in range(c["num_hidden_layers"]):
        name = f"language_model.model.layers.{i}."
        norms = ("attention_norm", "ffn_norm") if is_lm2 else ("input_layernorm", "post_attention_layernorm")
        y = rms(x, w(name + norms[0] + ".weight", width), eps)
        if is_lm2:
            rows = (heads + 2 * groups) * head
            bias = w(name + "attention.wqkv.bias", rows) if c["bias"] else None
            packed = F.linear(y, w(name + "attention.wqkv.weight", rows, width), bias)
            heads_of = [packed[..., h * head : (h + 1) * head] for h in range(heads + 2 * groups)]
            q = [heads_of[h // each * (each + 2) + h % each] for h in range(heads)]
            k = [heads_of[h // each * (each + 2) + each] for h in range(heads)]
            v = [heads_of[h // each * (each + 2) + each + 1] for h in range(heads)]
        else:

            def project(part, count):
                at = name + f"self_attn.{part}_proj."
                z = F.linear(y, w(at + "weight", count * head, width), w(at + "bias", count * head))
                return [z[..., h // (heads // count) * head :][..., :head] for h in range(heads)]

            q, k, v = project("q", heads), project("k", groups), project("v", groups)
        q, k, v = (torch.stack(t, 1) for t in (q, k, v))
        mixed = attention(turn(q, cos, sin), turn(k, cos, sin), v, mask).transpose(1, 2).flatten(2)
        if is_lm2:
            bias = w(name + "attention.wo.bias", width) if c["bias"] else None
            x = x + F.linear(mixed, w(name + "attention.wo.weight", width, width), bias)
        else:
            x = x + F.linear(mixed, w(name + "self_attn.o_proj.weight", width, width))
        y = rms(x, w(name + norms[1] + ".weight", width), eps)
        maps = [f"feed_forward.w{n}" for n in (1, 3, 2)] if is_lm2 else [f"mlp.{n}_proj" for n in ("gate", "up", "down")]
        gate, up = (F.linear(y, w(name + m + ".weight", inner, width)) for m in maps[:2])
        x = x + F.linear(gate * torch.sigmoid(gate) * up, w(name + maps[2] + ".weight", width, inner))
    return rms(x, w("language_model.model.norm.weight", width), eps)


def run(config, ids, real, positions, tiles, labels):
    w, c = Weights(), config["llm_config"]
    rows, width = c["vocab_size"], c["hidden_size"]
    is_lm2 = c["architectures"][0].startswith("InternLM2")
    table = w("language_model.model." + ("tok_embeddings" if is_lm2 else "embed_tokens") + ".weight", rows, width)
    x = table[ids]
    if tiles:
        size = config["force_image_size"]
        pixels = 2 * numbers("pixels", tiles * 3 * size * size).reshape(tiles, 3, size, size)
        vectors = projector(shuffle(tower(pixels, config, w), config), config, w).flatten(0, 1)
        place = ids == CONTEXT
        assert int(place.sum()) == len(vectors), f"{int(place.sum())} places, {len(vectors)} vectors"
        x = x.masked_scatter(place[..., None].expand_as(x), vectors)
    x = language(x, config, real, positions, w)
    head = w("language_model." + ("output" if is_lm2 else "lm_head") + ".weight", rows, width)
    logits = (x[ids == PRM] @ head.T)[:, [YES, NO]]
    right = torch.tensor(labels)
    logs = torch.log_softmax(logits, 1)
    loss = -(right * logs[:, 0] + (1 - right) * logs[:, 1]).mean()
    loss.backward()
    gradients = []
    for name, tensor in sorted(w.made.items()):
        if tensor.grad is not None and tensor.grad.norm() > 0:
            probe = tensor.grad.flatten() @ numbers("probe " + name, tensor.numel())
            gradients.append([float("%.7g" % value) for value in (tensor.grad.norm(), probe)])
    return {"logits": logits.flatten().tolist(), "loss": float(loss), "gradients": gradients}


def configuration(llm, vision, language, **top):
    name = {"internlm2": "InternLM2ForCausalLM", "qwen2": "Qwen2ForCausalLM"}[llm]
    return {
        "force_image_size": 28, "downsample_ratio": 0.5, "select_layer": -1, "ps_version": "v2", **top,
        "vision_config": {
            "hidden_size": 12, "num_attention_heads": 2, "num_hidden_layers": 2, "intermediate_size": 20, "image_size": 28,
            "patch_size": 7, "norm_type": "layer_norm", "layer_norm_eps": 1e-6, "qk_normalization": False, "qkv_bias": True,
            "drop_path_rate": 0.0, **vision,
        },
        "llm_config": {
            "architectures": [name], "hidden_size": 24, "num_attention_heads": 6, "num_key_value_heads": 2,
            "num_hidden_layers": 2, "intermediate_size": 28, "vocab_size": 40, "max_position_embeddings": 64,
            "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "bias": False, **language,
        },
    }  # fmt: skip


def case(name, config, rows, tiles, left=False, shift=0, hidden=()):
    """rows: for each record its tiles and words, a step after every fifth word and at the end."""
    grid = config["force_image_size"] // config["vision_config"]["patch_size"]
    each = round((grid * config["downsample_ratio"]) ** 2)
    texts, word = [], 0
    for pictures, words in rows:
        text = [CONTEXT] * (each * pictures)
        for i in range(words):
            text.append(7 + word * word % (config["llm_config"]["vocab_size"] - 7))
            word += 1
            if i % 5 == 4 or i == words - 1:
                text.append(PRM)
        texts.append(text)
    length = max(map(len, texts))
    pad = [[2 if left else 0] * (length - len(text)) for text in texts]
    ids = torch.tensor([p + t if left else t + p for p, t in zip(pad, texts)])
    seen = torch.ones(ids.shape, dtype=torch.bool)
    for row, padding in enumerate(pad):
        seen[row, slice(len(padding)) if left else slice(length - len(padding), length)] = False
    for row, column in hidden:
        seen[row, column] = False
    positions = torch.arange(length)[None].repeat(len(rows), 1) + shift
    steps = int((ids == PRM).sum())
    labels = [(i * 3 % 5) / 4 for i in range(steps)]
    out = run(config, ids, seen, positions, tiles, labels)
    given = {"positions": positions.flatten().tolist()} if shift else {}
    return {
        "name": name, "config": config, "tiles": tiles, "rows": len(rows), "ids": ids.flatten().tolist(),
        "real": seen.flatten().int().tolist(), **given, "labels": labels, **out,
    }  # fmt: skip


def cases():
    six_b = {"norm_type": "rms_norm", "qk_normalization": True, "qkv_bias": False}
    linear = {"rope_scaling": {"type": "linear", "factor": 3.0}}
    ntk = {"rope_scaling": {"type": "dynamic", "factor": 2.5}, "max_position_embeddings": 11}
    for llm in ("internlm2", "qwen2"):

        def one(name, vision, language, rows, tiles, left=False, hidden=(), **top):
            return case(f"{llm}, {name}", configuration(llm, vision, language, **top), rows, tiles, left, hidden=hidden)

        yield one("one group", {}, {"num_key_value_heads": 1}, [(1, 13), (0, 9)], 1)
        yield one("as many groups as heads", six_b, {"num_key_value_heads": 6}, [(1, 7)], 1)
        yield one("head size 2", {}, {"num_attention_heads": 12, "num_key_value_heads": 3}, [(1, 9), (2, 12)], 3)
        yield one("shuffle v1 by 3", six_b, {}, [(2, 6)], 2, ps_version="v1", downsample_ratio=1 / 3, force_image_size=63)
        yield one("shuffle by 4, no version", {}, {}, [(2, 6)], 2, ps_version=None, downsample_ratio=0.25, force_image_size=56)
        yield one("no shuffle, layer -2", {"num_hidden_layers": 3}, {}, [(1, 8)], 1, downsample_ratio=1.0, select_layer=-2)
        yield one("layer 1", {"num_hidden_layers": 3, **six_b}, {}, [(1, 8)], 1, select_layer=1)
        yield one("layer 0", {}, {}, [(1, 8)], 1, select_layer=0)
        yield one("positions from 4 to 6", {}, {}, [(1, 6)], 1, force_image_size=42)
        yield one("positions from 9 to 4", {"image_size": 63}, {}, [(1, 6)], 1)
        yield one("pixels left over", {"image_size": 33}, {}, [(1, 6)], 1, force_image_size=31)
        yield one("layer norm, q and k normed", {"qk_normalization": True}, {}, [(1, 6)], 1)
        yield one("rms norm, a bias on q, k, v", {"norm_type": "rms_norm", "layer_norm_eps": 1e-3}, {}, [(1, 6)], 1)
        yield one("linear", {}, linear, [(1, 14), (0, 8)], 1)
        yield one("beyond the trained length", {}, ntk, [(1, 20), (1, 8)], 2)
        yield one("beyond it, padded on the left", {}, ntk, [(1, 20), (1, 8)], 2, left=True)
        yield one("not beyond it", {}, {**ntk, "max_position_embeddings": 40}, [(1, 20)], 1)
        hidden = [(1, 9), (1, 10)]
        yield one("ids that are hidden", {}, {"rms_norm_eps": 1e-2}, [(1, 9), (0, 12), (2, 5)], 3, left=True, hidden=hidden)
        yield one("no picture", {}, {"rope_theta": 500.0, "num_hidden_layers": 4}, [(0, 31)], 0)
        yield one("one layer", {"num_hidden_layers": 1}, {"num_hidden_layers": 1, "intermediate_size": 7}, [(1, 1)], 1)
        yield one("said to be tied", {}, {"tie_word_embeddings": True}, [(1, 6)], 1, tie_word_embeddings=True)
    yield case("internlm2, biases", configuration("internlm2", {}, {"bias": True}), [(1, 9), (0, 4)], 1)
    yield case("qwen2, positions from 5", configuration("qwen2", {}, ntk), [(1, 9)], 1, shift=5)


if __name__ == "__main__":
    torch.set_num_threads(1)
    print("[\n" + ",\n".join(json.dumps(one) for one in cases()) + "\n]")
