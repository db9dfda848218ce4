"""Weights from torch and back.

  torch_model.py          trains a small network; writes torch_model.safetensors and what it computes, torch_model.json
  torch_model.py reload   loads torch_model_export.safetensors, which `forecaster model` wrote, and adds to the JSON
                          what torch computes with that

Run with Debian's python3-torch (1.13). Debian has no python3-safetensors: the format is a length, JSON and the numbers.
"""
import json
import os
import struct
import sys

import torch

INPUTS, HIDDEN, LAYERS, LAGS, HORIZONS = 13, 8, 2, 4, [1, 6, 24]
SERIES, STEPS, UPDATES = 3, 40, 30
FOLDER = os.path.dirname(os.path.abspath(__file__))

torch.set_num_threads(1)
torch.manual_seed(73)


class Trained(torch.nn.Module):
    """As people write it: a head of any name, no skip."""

    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, HIDDEN, LAYERS)
        self.fc = torch.nn.Linear(HIDDEN, len(HORIZONS))

    def forward(self, inputs, state):
        hidden, state = self.lstm(inputs, state)
        return self.fc(hidden), state


class Exported(torch.nn.Module):
    """What a file of ours is loaded into."""

    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, HIDDEN, LAYERS)
        self.head = torch.nn.Linear(HIDDEN, len(HORIZONS))
        self.skip = torch.nn.Linear(LAGS + INPUTS + len(HORIZONS), len(HORIZONS), bias=False)

    def forward(self, inputs, state):
        hidden, state = self.lstm(inputs, state)
        lags = torch.ones(*inputs.shape[:2], self.skip.in_features)  # of no effect: the imported skip is zero
        return self.head(hidden) + self.skip(lags), state


def save_file(tensors, path):
    """safetensors.torch.save_file, for float32."""
    header, data = {}, b""
    for name in sorted(tensors):
        tensor = tensors[name].detach().contiguous()
        raw = tensor.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def load_file(path):
    """safetensors.torch.load_file, for float32."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def train(network, inputs):
    targets = torch.cumsum(inputs, 0)[:, :, : len(HORIZONS)].tanh()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
    for _ in range(UPDATES):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(network(inputs, None)[0], targets).backward()
        optimizer.step()


def outputs_of(network, inputs):
    """Step after step with carried state, as in service; [steps, series, horizons], flat."""
    values, state = [], None
    with torch.no_grad():
        for step in inputs:
            output, state = network(step[None], state)
            values += output.flatten().tolist()
    return values


def write(golden):
    short = {name: [float(f"{value:.9g}") for value in values] for name, values in golden.items()}
    with open(os.path.join(FOLDER, "torch_model.json"), "w", encoding="utf-8") as file:
        json.dump(short, file, separators=(",", ":"))
        file.write("\n")


def main():
    if sys.argv[1:] == ["reload"]:
        with open(os.path.join(FOLDER, "torch_model.json"), encoding="utf-8") as file:
            golden = json.load(file)
        network = Exported()
        network.load_state_dict(load_file(os.path.join(FOLDER, "torch_model_export.safetensors")))
        inputs = torch.tensor(golden["inputs"]).reshape(STEPS, SERIES, INPUTS)
        write({**golden, "exportOutputs": outputs_of(network, inputs)})
    else:
        network, inputs = Trained(), torch.randn(STEPS, SERIES, INPUTS)
        train(network, inputs)
        save_file(network.state_dict(), os.path.join(FOLDER, "torch_model.safetensors"))
        write({"inputs": inputs.flatten().tolist(), "outputs": outputs_of(network, inputs)})


main()
