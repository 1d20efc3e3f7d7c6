class Layers(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  # Layers of tower and language model as TorchScript: the formulas of the blocks of io.bisift.model.net,
  # in float32 or bfloat16, with plain or fused attention. LayerScript packs this text into an archive
  # with values for these attributes. Number types: 0 uint8, 6 float32, 15 bfloat16.
  kind : int
  fused : bool
  vision_heads : int
  vision_eps : float
  heads : int
  groups : int
  eps : float

  # A map is five tensors: weight, bias, A, B, scale; A and B are a low-rank change. A norm is two: weight,
  # bias. What a map or norm lacks is an empty tensor. A weight of type uint8 holds bfloat16 numbers, two
  # bytes each. Residuals, norms and softmax are float32 always.

  def linear(self: __torch__.Layers, x: Tensor, map: List[Tensor]) -> Tensor:
    weight = map[0]
    if weight.dtype == 0:
      weight = torch.view_copy(weight, dtype=15)
    kind = self.kind
    if torch.numel(map[1]) > 0:
      y = torch.linear(x, torch.to(weight, kind), torch.to(map[1], kind))
    else:
      y = torch.linear(x, torch.to(weight, kind))
    if torch.numel(map[2]) > 0:
      narrow = torch.linear(x, torch.to(map[2], kind))
      change = torch.linear(narrow, torch.to(map[3], kind))
      y = y + change * torch.to(map[4], kind)
    return y

  def norm(self: __torch__.Layers, x: Tensor, norm: List[Tensor], eps: float) -> Tensor:
    # LayerNorm where there is a bias, else RMSNorm
    wide = torch.to(x, 6)
    if torch.numel(norm[1]) > 0:
      normed = torch.layer_norm(wide, [torch.size(wide, -1)], norm[0], norm[1], eps)
    else:
      square = torch.mean(wide * wide, [-1], True)
      normed = wide * torch.rsqrt(square + eps) * norm[0]
    return torch.to(normed, self.kind)

  def rotate(self: __torch__.Layers, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = torch.floordiv(torch.size(x, -1), 2)
    left = torch.narrow(x, -1, 0, half)
    right = torch.narrow(x, -1, half, half)
    return x * cos + torch.cat([torch.neg(right), left], -1) * sin

  def attention(self: __torch__.Layers, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, causal: bool) -> Tensor:
    # q, k, v [B, H, N, d]; a mask, if there is one, is added to the scores [B, H, N, N]
    if self.fused:
      if torch.numel(mask) > 0:
        y = torch.scaled_dot_product_attention(q, k, v, torch.to(mask, self.kind))
      else:
        y = torch.scaled_dot_product_attention(q, k, v, None, 0.0, causal)
    else:
      scale = 1.0 / torch.sqrt(torch.size(q, -1))
      scores = torch.matmul(q * scale, torch.transpose(k, -1, -2))
      if torch.numel(mask) > 0:
        scores = scores + mask
      y = torch.matmul(torch.to(torch.softmax(scores, -1, 6), self.kind), v)
    return y

  def decoder(self: __torch__.Layers, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, w: List[Tensor]) -> Tensor:
    # x [B, N, D] float32; cos, sin [B or 1, 1, N, d]; mask [B or 1, 1, N, N] or empty: causal then.
    # w: norm, q, k, v, out, norm, gate, up, down. Where k is empty, q gives for each group its query heads,
    # then a key head, then a value head.
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    heads = self.heads
    groups = self.groups
    each = torch.floordiv(heads, groups)
    width = torch.floordiv(torch.size(x, 2), heads)
    normed = (self).norm(x, w[0:2], self.eps)
    projected = (self).linear(normed, w[2:7])
    if torch.numel(w[7]) == 0:
      packed = torch.view(projected, [batch, length, groups, each + 2, width])
      query = torch.reshape(torch.narrow(packed, 3, 0, each), [batch, length, heads, width])
      key = torch.select(packed, 3, each)
      value = torch.select(packed, 3, each + 1)
    else:
      query = torch.view(projected, [batch, length, heads, width])
      key = torch.view((self).linear(normed, w[7:12]), [batch, length, groups, width])
      value = torch.view((self).linear(normed, w[12:17]), [batch, length, groups, width])
    cosine = torch.to(cos, self.kind)
    sine = torch.to(sin, self.kind)
    query = (self).rotate(torch.transpose(query, 1, 2), cosine, sine)
    key = (self).rotate(torch.transpose(key, 1, 2), cosine, sine)
    value = torch.transpose(value, 1, 2)
    if each > 1:
      wide = [batch, groups, each, length, width]
      flat = [batch, heads, length, width]
      key = torch.reshape(torch.expand(torch.unsqueeze(key, 2), wide), flat)
      value = torch.reshape(torch.expand(torch.unsqueeze(value, 2), wide), flat)
    mixed = (self).attention(query, key, value, mask, True)
    mixed = torch.reshape(torch.transpose(mixed, 1, 2), [batch, length, heads * width])
    x = x + torch.to((self).linear(mixed, w[17:22]), 6)
    normed = (self).norm(x, w[22:24], self.eps)
    gated = torch.silu((self).linear(normed, w[24:29])) * (self).linear(normed, w[29:34])
    return x + torch.to((self).linear(gated, w[34:39]), 6)

  def vision(self: __torch__.Layers, x: Tensor, w: List[Tensor]) -> Tensor:
    # x [T, n, C] float32. w: norm, qkv, q norm, k norm, out, norm, up, down, scale, scale
    tiles = torch.size(x, 0)
    length = torch.size(x, 1)
    width = torch.size(x, 2)
    shape = [tiles, length, self.vision_heads, torch.floordiv(width, self.vision_heads)]
    projected = (self).linear((self).norm(x, w[0:2], self.vision_eps), w[2:7])
    query = torch.narrow(projected, 2, 0, width)
    key = torch.narrow(projected, 2, width, width)
    value = torch.narrow(projected, 2, 2 * width, width)
    if torch.numel(w[7]) > 0:
      query = (self).norm(query, w[7:9], self.vision_eps)
      key = (self).norm(key, w[9:11], self.vision_eps)
    query = torch.transpose(torch.reshape(query, shape), 1, 2)
    key = torch.transpose(torch.reshape(key, shape), 1, 2)
    value = torch.transpose(torch.reshape(value, shape), 1, 2)
    mixed = (self).attention(query, key, value, w[8], False)
    mixed = torch.reshape(torch.transpose(mixed, 1, 2), [tiles, length, width])
    x = x + torch.to((self).linear(mixed, w[11:16]), 6) * w[28]
    hidden = torch.gelu((self).linear((self).norm(x, w[16:18], self.vision_eps), w[18:23]))
    return x + torch.to((self).linear(hidden, w[23:28]), 6) * w[29]

  def rows(self: __torch__.Layers, indices: Tensor, w: List[Tensor]) -> Tensor:
    # rows of a table of bfloat16 numbers kept as uint8, as float32
    picked = torch.index_select(w[0], 0, torch.flatten(indices))
    return torch.to(torch.view_copy(picked, dtype=15), 6)

  def widened(self: __torch__.Layers, x: Tensor, w: List[Tensor]) -> Tensor:
    # bfloat16 numbers kept as uint8, as float32
    return torch.to(torch.view_copy(w[0], dtype=15), 6)
