import time
import line_profiler


def primes(n):
    if n == 2:
        return [2]
    elif n < 2:
        return []
    s = list(range(3, n + 1, 2))
    mroot = n ** 0.5
    half = (n + 1) // 2 - 1
    i = 0
    m = 3
    while m <= mroot:
        if s[i]:
            j = (m * m - 3) // 2
            s[j] = 0
            while j < half:
                s[j] = 0
                j += m
        i = i + 1
        m = 2 * i + 3
    return [2] + [x for x in s if x]
def best(f, n, k):
    b = 1e9
    for _ in range(k):
        t = time.perf_counter()
        f(n)
        b = min(b, time.perf_counter() - t)
    return b
for n, k in ((1000, 300), (300000, 5)):
    plain = best(primes, n, k)
    measured = line_profiler.LineProfiler()(primes)
    print('python', n, round(best(measured, n, k) / plain, 1))
