"""Who signs for whom, drawn: signature blocks as chains, their layout, and the network that pyvis builds of them."""
