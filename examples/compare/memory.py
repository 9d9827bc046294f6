from memory_profiler import profile
@profile
def work():
    total = 0
    for i in range(2000):
        total += len([i] * 1000)
    kept = [0] * 1000000
    buffer = bytearray(50000000)
    return kept, buffer, total


work()
