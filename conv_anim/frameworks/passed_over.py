"""The layers of PyTorch's that move no cell, so that what a cell sees is the same without them."""

_ACTIVATIONS = """
    CELU ELU GELU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish
    PReLU RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign
    Tanh Tanhshrink Threshold
"""
_NORMS = """
    BatchNorm1d BatchNorm2d CrossMapLRN2d LazyBatchNorm1d LazyBatchNorm2d LocalResponseNorm
    SyncBatchNorm
"""
_NORMS_OVER_CELLS = """
    GroupNorm InstanceNorm1d InstanceNorm2d LayerNorm LazyInstanceNorm1d LazyInstanceNorm2d RMSNorm
"""
_DROPOUT = "AlphaDropout Dropout Dropout1d Dropout2d FeatureAlphaDropout Identity"

OVER_CELLS = frozenset(_NORMS_OVER_CELLS.split())
"""Norms with a mean over many cells of the same input, which no field counts."""
NAMES = OVER_CELLS.union(_ACTIVATIONS.split(), _NORMS.split(), _DROPOUT.split())
