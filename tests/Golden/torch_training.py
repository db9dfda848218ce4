"""Writes torch_training.json: what torch.nn.LSTM and torch.optim do on a small seeded problem.

Run with Debian's python3-torch (1.13): /usr/bin/python3 torch_training.py
Four chunks of six steps of three series, in order with carried state, five times over: 20 updates per optimizer.
"""
import json
import os

import torch

INPUTS, HIDDEN, LAYERS, SKIP, OUTPUTS = 3, 5, 2, 2, 2
ROWS, STEPS, CHUNKS, EPOCHS, CLIP = 3, 6, 4, 5, 0.3

torch.set_num_threads(1)
torch.manual_seed(71)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, HIDDEN, LAYERS)
        self.head = torch.nn.Linear(HIDDEN, OUTPUTS)
        self.skip = torch.nn.Linear(SKIP, OUTPUTS, bias=False)
        for layer in range(LAYERS):  # one bias per layer: torch's second one is zero and stays
            second = getattr(self.lstm, f"bias_hh_l{layer}")
            second.requires_grad_(False).zero_()

    def weights(self):
        return [p for n, p in self.named_parameters() if "bias" not in n]

    def biases(self):
        return [p for n, p in self.named_parameters() if "bias" in n and p.requires_grad]

    def flat(self):
        parts = []
        for layer in range(LAYERS):
            for name in ("weight_ih", "weight_hh", "bias_ih"):
                parts.append(getattr(self.lstm, f"{name}_l{layer}"))
        parts += [self.head.weight, self.skip.weight, self.head.bias]
        return [v for p in parts for v in p.detach().flatten().tolist()]


def loss_of(output, target, weight):
    loss = torch.nn.functional.smooth_l1_loss(output, target, reduction="none") * weight
    return (loss.sum((0, 2)) / weight.sum((0, 2))).mean()


def train(network, optimizer, data, l1, l2):
    inputs, skip, target, weight = data
    losses, norms = [], []
    for _ in range(EPOCHS):
        state = None
        for chunk in range(CHUNKS):
            at = slice(chunk * STEPS, (chunk + 1) * STEPS)
            hidden, state = network.lstm(inputs[at], state)
            state = tuple(s.detach() for s in state)
            loss = loss_of(network.head(hidden) + network.skip(skip[at]), target[at], weight[at])
            penalty = sum(l1 * w.abs().sum() + l2 * (w * w).sum() / 2 for w in network.weights())
            optimizer.zero_grad()
            (loss + penalty).backward()
            trained = network.weights() + network.biases()
            norms.append(torch.nn.utils.clip_grad_norm_(trained, CLIP).item())
            optimizer.step()
            losses.append(loss.item())
    return {"losses": losses, "norms": norms, "final": network.flat()}


def main():
    total = STEPS * CHUNKS
    data = (
        torch.randn(total, ROWS, INPUTS),
        torch.randn(total, ROWS, SKIP),
        2 * torch.randn(total, ROWS, OUTPUTS),
        (torch.rand(total, ROWS, OUTPUTS) > 0.2).float(),
    )
    start = Network()
    kinds = {
        "Adam": lambda w, b: torch.optim.Adam(w + b, lr=0.002),
        "AdamW": lambda w, b: torch.optim.AdamW(
            [{"params": w, "weight_decay": 0.1}, {"params": b, "weight_decay": 0}], lr=0.002),
        "RmsProp": lambda w, b: torch.optim.RMSprop(w + b, lr=0.002, alpha=0.99),
        "Sgd": lambda w, b: torch.optim.SGD(w + b, lr=0.05, momentum=0.9),
        "AdamPenalty": lambda w, b: torch.optim.Adam(w + b, lr=0.002),
    }
    runs = {}
    for name, make in kinds.items():
        network = Network()
        network.load_state_dict(start.state_dict())
        optimizer = make(network.weights(), network.biases())
        l1, l2 = (0.01, 0.02) if name == "AdamPenalty" else (0, 0)
        runs[name] = train(network, optimizer, data, l1, l2)
    names = ("inputs", "skip", "targets", "weights")
    out = {"start": start.flat(), **{n: d.flatten().tolist() for n, d in zip(names, data)}, "runs": runs}

    def short(value):
        if isinstance(value, dict):
            return {k: short(v) for k, v in value.items()}
        return [short(v) for v in value] if isinstance(value, list) else float(f"{value:.9g}")

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_training.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(short(out), file, separators=(",", ":"))
        file.write("\n")


main()
